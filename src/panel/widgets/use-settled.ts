import { useEffect, useState } from 'preact/hooks';

/** The value as it was when it last rested for `delay` milliseconds: for judgements that should not chase every key. */
export function useSettled<T>(value: T, delay: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(() => value), delay);
    return () => clearTimeout(timer);
  }, [value, delay]);
  return settled;
}
