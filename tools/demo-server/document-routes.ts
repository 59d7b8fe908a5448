import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { html, json, page } from './answer.ts';
import type { Answer } from './answer.ts';
import type { DemoRequest } from './request.ts';
import type { RouteTable } from './router.ts';
import { statusAnswer } from './status-routes.ts';

const slides = [
  { title: 'What you write is what is sent', type: 'all' },
  { title: 'What was sent is what you see', type: 'all', items: ['Composed', 'Prepared', 'Sent'] },
];

const xml = `<?xml version="1.0" encoding="us-ascii"?>
<!-- A sample slide show -->
<slideshow title="Sample Slide Show" date="Date of publication" author="Request Workbench">
${slides
  .map(({ title, type, items = [] }) => {
    const list = items.map((item) => `\n    <item>${item}</item>`).join('');
    return `  <slide type="${type}">\n    <title>${title}</title>${list}\n  </slide>`;
  })
  .join('\n')}
</slideshow>
`;

const story = page(
  'A request, told from the wire',
  `<p>It began as a line of text with a blank line after it. Nobody had promised it an answer.</p>
<p>It crossed a network it could not see, said its name to a stranger, and waited. Then the bytes came back.</p>`,
);

/** One line in each of many scripts: what a client that takes it for Latin-1 shows is plain to see. */
const utf8Sample = page(
  'UTF-8',
  `<pre>
Latin       Zwölf Boxkämpfer jagen Viktor quer über den großen Sylter Deich
Greek       Ἀρχὴ ἥμισυ παντός
Cyrillic    Съешь же ещё этих мягких французских булок
Hebrew      שלום עולם
Arabic      مرحبا بالعالم
Devanagari  नमस्ते दुनिया
Thai        สวัสดีชาวโลก
Georgian    გამარჯობა მსოფლიო
Chinese     你好，世界
Japanese    こんにちは世界
Korean      안녕하세요 세계
Maths       ∀x ∈ ℝ: ⌈x⌉ = −⌊−x⌋, α ∧ ¬β ⇒ γ
Currency    € £ ¥ ₹ ₽ ₩
Box         ┌─┬─┐ │ │ │ └─┴─┘ ▀▄█ ░▒▓
Emoji       🙂 👩‍💻 🇺🇳
Combining   e\u0301 = é, n\u0303 = ñ
</pre>`,
);

const form = page(
  'A form',
  `<form method="post" action="/post">
<p><label>First name: <input name="firstname"></label>
<p><label>Last name: <input name="lastname"></label>
<p><button>Send</button>
</form>`,
);

const images: Readonly<Record<string, { readonly type: string; readonly file: string }>> = {
  png: { type: 'image/png', file: 'picture.png' },
  jpeg: { type: 'image/jpeg', file: 'picture.jpg' },
  webp: { type: 'image/webp', file: 'picture.webp' },
  svg: { type: 'image/svg+xml', file: 'picture.svg' },
};

/** Routes that give a document or a picture. */
export const documentRoutes: RouteTable = {
  '/html': () => html(story),
  '/xml': () => ({ status: 200, fields: [['Content-Type', 'application/xml']], body: xml }),
  '/json': () =>
    json({
      slideshow: { title: 'Sample Slide Show', date: 'date of publication', author: 'Request Workbench', slides },
    }),
  '/encoding/utf8': () => html(utf8Sample),
  '/forms/post': () => html(form),
  '/robots.txt': () => text('User-agent: *\nDisallow: /deny\n'),
  '/deny': () => text('robots.txt asks robots to stay away from here.\n'),
  '/uuid': () => json({ uuid: randomUUID() }),
  '/base64/<value>': (_request, value = '') => html(Buffer.from(value, 'base64url').toString()),
  '/image': acceptedImage,
  '/image/<kind>': (_request, kind = '') => image(kind),
};

function text(body: string): Answer {
  return { status: 200, fields: [['Content-Type', 'text/plain']], body };
}

async function image(kind: string): Promise<Answer> {
  const known = images[kind];
  if (!known) return statusAnswer(404);
  const body = await readFile(new URL(`images/${known.file}`, import.meta.url));
  return { status: 200, fields: [['Content-Type', known.type]], body };
}

/** The kind that Accept names, in the server's own order. */
function acceptedImage(request: DemoRequest): Answer | Promise<Answer> {
  const accept = request.field('Accept')?.toLowerCase();
  if (accept === undefined) return image('png');
  const kind = ['webp', 'svg', 'jpeg', 'png'].find((name) => accept.includes(images[name]?.type ?? name));
  if (kind) return image(kind);
  return accept.includes('image/*') ? image('png') : statusAnswer(406);
}
