import { createContext } from 'preact';
import type { VariableScope } from '../../variables/scopes.ts';

/** The scopes that count where a field stands, the weakest first; null where tokens mean nothing. */
export const TokenContext = createContext<readonly VariableScope[] | null>(null);
