import type { Areas } from '../area.ts';

export const areas: Areas = {};
