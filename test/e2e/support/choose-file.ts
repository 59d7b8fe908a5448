import type { Panel } from '../driver/types.ts';

/**
 * Gives the panel's one file field a file of `size` bytes, the byte at `n` being `n % 251`: a dialog of the browser
 * cannot be driven, the field behind it can.
 */
export async function chooseFile(panel: Panel, name: string, size: number): Promise<void> {
  await panel.waitFor('button', /^Choose/);
  await panel.evaluate(
    (name: string, size: number) => {
      const period = Uint8Array.from({ length: 251 * 4096 }, (_, at) => at % 251);
      const pieces = Array.from({ length: Math.ceil(size / period.length) }, (_, n) =>
        period.subarray(0, size - n * period.length),
      );
      const chosen = new DataTransfer();
      chosen.items.add(new File(pieces, name));
      const field = document.querySelector<HTMLInputElement>('input[type=file]');
      if (field === null) throw new Error('There is no file field');
      field.files = chosen.files;
      field.dispatchEvent(new Event('change', { bubbles: true }));
    },
    name,
    size,
  );
}
