import { assert, array, boolean, constantFrom, integer, property, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createEntryList } from '../../../src/panel/capture/entry-list.ts';
import { parseFilter } from '../../../src/panel/capture/filter.ts';
import { entryOrder, sortKeys } from '../../../src/panel/capture/sort.ts';
import { trackVisible, type View } from '../../../src/panel/capture/visible-entries.ts';
import { capturedEntry } from './entries.ts';

const roomy = { entries: 1000, droppedAtOnce: 10, requestBodies: 1000 };
const exact = (size: number) => ({ state: 'exact', bytes: new Uint8Array(size), source: 'log' }) as const;

describe('the list of entries', () => {
  it('drops the oldest when there are too many, counts them, and leaves pinned ones', () => {
    const list = createEntryList({ ...roomy, entries: 10, droppedAtOnce: 3 });
    const entries = Array.from({ length: 11 }, () => capturedEntry());
    list.put(entries.slice(0, 10));
    expect(list.dropped.value.entries).toBe(0);
    list.pin([entries[0]?.id ?? ''], true);
    const gone = list.put(entries.slice(10));
    expect(gone.map(({ id }) => id)).toEqual(entries.slice(1, 5).map(({ id }) => id));
    expect(list.dropped.value.entries).toBe(4);
    expect(list.size).toBe(7);
    expect(list.get(entries[0]?.id ?? '')).toBe(entries[0]);
  });

  it('drops the oldest bodies when they are too large together, and marks them', () => {
    const list = createEntryList({ ...roomy, requestBodies: 100 });
    const [first, second] = [capturedEntry({ body: exact(60) }), capturedEntry({ body: exact(60) })];
    list.put([first, second]);
    expect(list.get(first.id)?.body).toEqual({ state: 'incomplete', gap: 'dropped', text: null, length: 60 });
    expect(list.get(second.id)).toBe(second);
    expect(list.dropped.value.requestBodies).toBe(1);
  });

  it('keeps what is pinned when it is emptied', () => {
    const list = createEntryList(roomy);
    const [kept, gone] = [capturedEntry(), capturedEntry()];
    list.put([kept, gone]);
    list.pin([kept.id], true);
    expect(list.removeWhere(() => true)).toEqual([gone]);
    expect([...list.all()]).toEqual([kept]);
    expect(list.dropped.value.entries).toBe(0);
  });
});

describe('what is visible', () => {
  const filters = ['', 'method:POST', 'status:4xx -method:GET', 'is:pinned'];
  const step = record({
    kind: constantFrom('put', 'change', 'remove', 'view', 'pin'),
    at: integer({ min: 0, max: 20 }),
    method: constantFrom('GET', 'POST'),
    status: constantFrom(200, 404),
    time: integer({ min: 0, max: 5 }),
    by: constantFrom(...sortKeys),
    descending: boolean(),
    filter: constantFrom(...filters),
  });

  it('is the same, kept up to date step by step, as worked out anew', () => {
    assert(
      property(array(step, { maxLength: 60 }), (steps) => {
        const list = createEntryList({ ...roomy, entries: 15, droppedAtOnce: 2 });
        const visible = trackVisible(list);
        let view: View = {
          filter: parseFilter(''),
          order: { by: 'time', descending: false },
          pinned: list.pinned.value,
          replayed: new Set(),
        };
        for (const { kind, at, method, status, time, by, descending, filter } of steps) {
          const all = [...list.all()];
          const other = all[at % Math.max(1, all.length)];
          if (kind === 'put') list.put([capturedEntry({ method, status, startedAt: time })]);
          if (kind === 'change' && other !== undefined) list.put([{ ...other, status, startedAt: time }]);
          if (kind === 'remove') list.removeWhere(({ id }) => id === other?.id);
          if (kind === 'pin' && other !== undefined) list.pin([other.id], descending);
          if (kind === 'view') view = { ...view, filter: parseFilter(filter), order: { by, descending } };
          view = view.pinned === list.pinned.value ? view : { ...view, pinned: list.pinned.value };
          const compare = entryOrder(view.order);
          const expected = [...list.all()].filter((entry) =>
            view.filter.test(entry, { pinned: view.pinned.has(entry.id), replayed: false }),
          );
          const shown = visible(view);
          expect(new Set(shown)).toEqual(new Set(expected));
          for (const [index, entry] of shown.entries()) {
            const next = shown[index + 1];
            if (next === undefined) break;
            const pins = Number(view.pinned.has(next.id)) - Number(view.pinned.has(entry.id));
            expect(pins < 0 || (pins === 0 && compare(entry, next) <= 0)).toBe(true);
          }
        }
      }),
    );
  });
});
