import { asUtf8 } from '../../../inspect/as-utf8.ts';
import { asBase64, asDataUrl, asHex, COPY_LIMITS, copyForms, type CopyForm } from '../../../inspect/body-copy.ts';
import { formatBytes } from '../../../inspect/format.ts';
import { parseMediaType } from '../../../inspect/media-type.ts';
import { strings } from '../../strings.ts';
import type { MenuItem } from '../../widgets/menu-button.tsx';
import type { CopySource, CopyState } from '../use-copy.ts';
import type { BodySource } from './body-source.ts';

const words = strings.responseBody;

/** A body in a form that can be copied, or why it is too large for that. */
export async function copySource(source: BodySource, charset: string, form: CopyForm): Promise<CopySource> {
  const limit = COPY_LIMITS[form];
  if (source.blob.size > limit) return { problem: words.copyTooBig(formatBytes(limit)) };
  return { text: await write(source, charset, form) };
}

async function write({ blob, contentType }: BodySource, charset: string, form: CopyForm): Promise<string> {
  switch (form) {
    case 'text':
      return await (await asUtf8(blob, charset)).text();
    case 'base64':
      return await asBase64(blob);
    case 'data-url':
      return await asDataUrl(blob, contentType);
    case 'hex':
      return await asHex(blob);
  }
}

/** What else can be done with a body. */
export function bodyActions(
  source: BodySource,
  charset: string,
  { copy, compare }: { copy: CopyState['copy']; compare: (() => void) | null },
): MenuItem[] {
  const forms = copyForms.map((form): MenuItem => {
    const isTooBig = source.blob.size > COPY_LIMITS[form];
    return {
      label: words.copyAs[form],
      hint: isTooBig ? words.copyTooBig(formatBytes(COPY_LIMITS[form])) : words.copyAsHint[form],
      disabled: isTooBig,
      onChoose: () => void copy(copySource(source, charset, form)),
    };
  });
  const type = tabType(source);
  const isTooBig = type === null && source.blob.size > COPY_LIMITS.text;
  return [
    ...forms,
    {
      label: type === null ? words.openAsText : words.open,
      hint: isTooBig ? words.openTooBig(formatBytes(COPY_LIMITS.text)) : words.openHint,
      disabled: isTooBig || !source.isWhole,
      begins: true,
      onChoose: () => void openInTab(source, charset, type),
    },
    ...(compare === null
      ? []
      : [
          {
            label: strings.compareStart.withOther,
            hint: strings.compareStart.withOtherHint,
            disabled: !source.isWhole,
            onChoose: compare,
          },
        ]),
  ];
}

/**
 * The type with which a tab may show a body as what it is; null when it may be shown as text alone. A blob URL has the
 * extension's origin: markup would run its scripts with all that the extension may do.
 */
function tabType({ imageType, contentType }: BodySource): string | null {
  if (imageType !== null) return imageType;
  const media = parseMediaType(contentType);
  if (media?.essence === 'application/pdf' || media?.type === 'audio' || media?.type === 'video') return media.essence;
  return null;
}

async function openInTab({ blob }: BodySource, charset: string, type: string | null): Promise<void> {
  const content = type === null ? await asUtf8(blob, charset) : blob;
  const url = URL.createObjectURL(content.slice(0, content.size, type ?? 'text/plain;charset=utf-8'));
  const link = document.createElement('a');
  link.href = url;
  link.target = '_blank';
  link.rel = 'noopener';
  link.click();
  // The URL ends with the panel: the tab may be reloaded until then.
}
