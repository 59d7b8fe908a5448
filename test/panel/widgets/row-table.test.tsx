// @vitest-environment happy-dom
import { signal } from '@preact/signals';
import { cleanup, fireEvent, render, screen, within } from '@testing-library/preact';
import { afterEach, expect, test } from 'vitest';
import type { Row } from '../../../src/model/draft.ts';
import { newRow } from '../../../src/panel/state/rows.ts';
import { RowTable } from '../../../src/panel/widgets/row-table.tsx';

afterEach(cleanup);

function setUp(...fields: Partial<Row>[]) {
  const rows = signal<readonly Row[]>(fields.map((each) => newRow(each)));
  function Table() {
    return <RowTable label="Params" rows={rows.value} fresh={newRow} onChange={(next) => (rows.value = next)} />;
  }
  render(<Table />);
  return rows;
}

const table = () => within(screen.getByRole('table', { name: 'Params' }));
const field = (label: string, row: number) => {
  const found = table().getAllByRole('textbox', { name: label })[row];
  if (!(found instanceof HTMLTextAreaElement)) throw new Error(`No ${label} in row ${row}`);
  return found;
};

test('one empty row is always last, and typing in it makes it a row', () => {
  const rows = setUp();
  const first = field('Name', 0);
  first.focus();
  fireEvent.input(first, { target: { value: 'a' } });
  expect(rows.value).toMatchObject([{ enabled: true, name: 'a', value: '' }]);
  expect(field('Name', 0)).toBe(first);
  expect(document.activeElement).toBe(first);
  expect(field('Name', 1).value).toBe('');
  fireEvent.input(field('Value', 1), { target: { value: 'v' } });
  expect(rows.value).toMatchObject([{ name: 'a' }, { name: '', value: 'v' }]);
  expect(table().getAllByRole('textbox', { name: 'Name' })).toHaveLength(3);
});

test('rows are switched off and removed; the focus goes to the next row', () => {
  const rows = setUp({ name: 'a' }, { name: 'b' });
  fireEvent.click(table().getAllByRole('checkbox', { name: 'Enabled' })[0] ?? document.body);
  expect(rows.value[0]).toMatchObject({ name: 'a', enabled: false });
  fireEvent.click(table().getAllByRole('button', { name: 'Remove' })[0] ?? document.body);
  expect(rows.value).toMatchObject([{ name: 'b' }]);
  expect(document.activeElement).toBe(field('Name', 0));
});

test('a line break stays in the value', () => {
  const rows = setUp({ name: 'a' });
  fireEvent.input(field('Value', 0), { target: { value: 'one\ntwo' } });
  expect(rows.value[0]?.value).toBe('one\ntwo');
  expect(field('Value', 0).value).toBe('one\ntwo');
});

test('Enter goes on, arrows go up and down, and neither types anything', () => {
  setUp({ name: 'a', value: '1' }, { name: 'b', value: '2' });
  field('Name', 0).focus();
  expect(fireEvent.keyDown(field('Name', 0), { key: 'Enter' })).toBe(false);
  expect(document.activeElement).toBe(field('Value', 0));
  fireEvent.keyDown(field('Value', 0), { key: 'Enter' });
  expect(document.activeElement).toBe(field('Name', 1));
  fireEvent.keyDown(field('Name', 1), { key: 'ArrowDown' });
  expect(document.activeElement).toBe(field('Name', 2));
  fireEvent.keyDown(field('Name', 2), { key: 'ArrowUp' });
  expect(document.activeElement).toBe(field('Name', 1));
});
