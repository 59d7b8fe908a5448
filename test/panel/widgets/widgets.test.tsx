// @vitest-environment happy-dom
import { signal } from '@preact/signals';
import { cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, describe, expect, test } from 'vitest';
import { layoutFor } from '../../../src/panel/layout.ts';
import { Combobox } from '../../../src/panel/widgets/combobox.tsx';
import { listenForEscape, onEscape } from '../../../src/panel/widgets/escape.ts';
import { Splitter } from '../../../src/panel/widgets/splitter.tsx';
import { TabList } from '../../../src/panel/widgets/tabs.tsx';

afterEach(cleanup);

test('tabs are one tab stop; arrows, Home and End select', () => {
  const selected = signal('a');
  const items = ['a', 'b', 'c'].map((id) => ({ id, label: id.toUpperCase(), mark: 3 }));
  function Tabs() {
    return (
      <TabList
        label="T"
        name="t"
        items={items}
        selected={selected.value}
        onSelect={(id) => {
          selected.value = id;
        }}
      />
    );
  }
  render(<Tabs />);
  const tab = (name: string) => screen.getByRole('tab', { name });
  tab('A').focus();
  for (const [key, name] of [
    ['ArrowRight', 'B'],
    ['ArrowLeft', 'A'],
    ['ArrowLeft', 'C'],
    ['ArrowRight', 'A'],
    ['End', 'C'],
    ['Home', 'A'],
  ] as const) {
    fireEvent.keyDown(document.activeElement ?? document.body, { key });
    expect(document.activeElement).toBe(tab(name));
    expect(tab(name).getAttribute('aria-selected')).toBe('true');
    expect(
      screen
        .getAllByRole('tab')
        .map(({ tabIndex }) => tabIndex)
        .sort((a, b) => a - b),
    ).toEqual([-1, -1, 0]);
  }
});

describe('combobox', () => {
  function setUp() {
    const value = signal('GET');
    function Method() {
      return (
        <Combobox
          label="Method"
          listLabel="Methods"
          hint=""
          value={value.value}
          options={['GET', 'POST', 'PUT']}
          onChange={(next) => {
            value.value = next;
          }}
        />
      );
    }
    render(<Method />);
    return value;
  }
  const box = () => screen.getByRole('combobox', { name: 'Method' });
  const isOpen = () => box().getAttribute('aria-expanded') === 'true';

  test('takes any text at once, without a list in the way', () => {
    const value = setUp();
    fireEvent.click(box());
    expect(isOpen()).toBe(true);
    fireEvent.input(box(), { target: { value: 'PURGE' } });
    expect(value.value).toBe('PURGE');
    expect(isOpen()).toBe(false);
  });

  test('offers values by arrow keys and Enter, and by a click', () => {
    const value = setUp();
    fireEvent.keyDown(box(), { key: 'ArrowDown' });
    fireEvent.keyDown(box(), { key: 'ArrowDown' });
    expect(document.getElementById(box().getAttribute('aria-activedescendant') ?? '')?.textContent).toBe('POST');
    fireEvent.keyDown(box(), { key: 'Enter' });
    expect(value.value).toBe('POST');
    fireEvent.click(box());
    fireEvent.click(screen.getByRole('option', { name: 'PUT' }));
    expect(value.value).toBe('PUT');
    expect(isOpen()).toBe(false);
  });

  test('Esc closes the list and goes no further', () => {
    setUp();
    const stop = listenForEscape(window);
    let cancelled = 0;
    const off = onEscape(() => {
      cancelled++;
      return true;
    });
    fireEvent.keyDown(box(), { key: 'ArrowDown' });
    fireEvent.keyDown(box(), { key: 'Escape' });
    expect([isOpen(), cancelled]).toEqual([false, 0]);
    fireEvent.keyDown(box(), { key: 'Escape' });
    expect(cancelled).toBe(1);
    off();
    stop();
  });
});

test('Esc that somebody uses is stopped in the capture phase, never prevented', () => {
  const stop = listenForEscape(window);
  let seen = 0;
  const listener = () => seen++;
  document.body.addEventListener('keydown', listener);
  expect(fireEvent.keyDown(document.body, { key: 'Escape' })).toBe(true);
  expect(seen).toBe(1);
  const off = onEscape(() => true);
  expect(fireEvent.keyDown(document.body, { key: 'Escape' })).toBe(true);
  expect(seen).toBe(1);
  off();
  stop();
  document.body.removeEventListener('keydown', listener);
});

test('a splitter moves by keys, within its bounds', () => {
  const share = signal(0.5);
  function Bar() {
    return (
      <Splitter
        label="S"
        orientation="vertical"
        share={share.value}
        home={0.5}
        onMove={(next) => {
          share.value = next;
        }}
      />
    );
  }
  render(<Bar />);
  const bar = screen.getByRole('separator', { name: 'S' });
  const press = (key: string) => fireEvent.keyDown(bar, { key });
  press('ArrowLeft');
  expect(share.value).toBeCloseTo(0.48);
  press('End');
  press('ArrowRight');
  expect(share.value).toBe(0.8);
  expect(bar.getAttribute('aria-valuenow')).toBe('80');
  press('Enter');
  expect(share.value).toBe(0.5);
});

test.each([
  [320, 'narrow'],
  [559, 'narrow'],
  [560, 'medium'],
  [899, 'medium'],
  [900, 'wide'],
])('a panel of %i px is %s', (width, layout) => {
  expect(layoutFor(width)).toBe(layout);
});
