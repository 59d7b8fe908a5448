import { ChevronDown } from 'lucide';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { onEscape } from './escape.ts';
import { Icon } from './icon.tsx';

interface ComboboxProps {
  label: string;
  listLabel: string;
  hint: string;
  value: string;
  options: readonly string[];
  class?: string;
  describedBy?: string | undefined;
  invalid?: boolean;
  onChange: (value: string) => void;
}

/**
 * A field that takes any text and offers a few values. What is typed counts at once; the list opens by a click or an
 * arrow key and closes as soon as one types, so that it never lies over what comes next.
 */
export function Combobox(props: ComboboxProps) {
  const { label, listLabel, hint, value, options, describedBy, invalid, onChange } = props;
  const id = useId();
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const field = useRef<HTMLInputElement>(null);

  useEffect(() => {
    if (!open) return undefined;
    return onEscape(() => {
      setOpen(false);
      return true;
    });
  }, [open]);

  function show(at = options.indexOf(value.toUpperCase())): void {
    setOpen(true);
    setActive(at);
  }

  function choose(option: string | undefined): void {
    setOpen(false);
    if (option !== undefined) onChange(option);
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey) return;
    switch (event.key) {
      case 'ArrowDown':
      case 'ArrowUp': {
        event.preventDefault();
        event.stopPropagation();
        const step = event.key === 'ArrowDown' ? 1 : -1;
        if (open) setActive((active + step + options.length) % options.length);
        else show();
        break;
      }
      case 'Enter':
        if (open) choose(options[active]);
        break;
      case 'Tab':
        setOpen(false);
        break;
      default:
    }
  }

  return (
    <div class={`combobox ${props.class ?? ''}`}>
      <input
        ref={field}
        type="text"
        role="combobox"
        aria-label={label}
        title={hint}
        aria-expanded={open}
        aria-controls={`${id}-list`}
        aria-autocomplete="none"
        aria-activedescendant={open && active >= 0 ? `${id}-${active}` : undefined}
        aria-describedby={describedBy}
        aria-invalid={invalid === true ? true : undefined}
        autocomplete="off"
        autocapitalize="characters"
        spellcheck={false}
        value={value}
        onInput={(event) => {
          setOpen(false);
          onChange(event.currentTarget.value);
        }}
        onClick={() => (open ? setOpen(false) : show())}
        onFocus={(event) => event.currentTarget.select()}
        onBlur={() => setOpen(false)}
        onKeyDown={onKeyDown}
      />
      <Icon of={ChevronDown} size={12} class="combobox-arrow" />
      <div class="combobox-list" role="listbox" id={`${id}-list`} aria-label={listLabel} hidden={!open}>
        {options.map((option, index) => (
          <div
            key={option}
            id={`${id}-${index}`}
            class="combobox-option"
            role="option"
            data-active={index === active}
            aria-selected={option === value.toUpperCase()}
            // Pressing must not take the focus away from the field: that would close the list before the click.
            onMouseDown={(event) => event.preventDefault()}
            onMouseEnter={() => setActive(index)}
            onClick={() => choose(option)}
          >
            {option}
          </div>
        ))}
      </div>
    </div>
  );
}
