import type { Answer } from './answer.ts';
import { html, plain } from './answer.ts';
import type { RouteTable } from './router.ts';

/** Routes that answer with a given status. */
export const statusRoutes: RouteTable = {
  'GET,POST,PUT,DELETE,PATCH,TRACE /status/<codes>': (_request, codes = '') => {
    const choices = codes.split(',').map(readChoice);
    const valid = choices.every(
      ({ code, weight }) => Number.isInteger(code) && code >= 100 && code <= 999 && weight >= 0,
    );
    return valid ? statusAnswer(pick(choices)) : plain('Invalid status code', 400);
  },
};

interface Choice {
  readonly code: number;
  readonly weight: number;
}

function readChoice(text: string): Choice {
  const [code = '', weight = '1'] = text.split(':');
  return { code: code === '' ? Number.NaN : Number(code), weight: Number(weight) };
}

/** One code by chance, by weight. */
function pick(choices: readonly Choice[]): number {
  let left = Math.random() * choices.reduce((sum, { weight }) => sum + weight, 0);
  const chosen = choices.find(({ weight }) => {
    left -= weight;
    return left < 0;
  });
  return (chosen ?? choices.at(-1))?.code ?? 200;
}

const redirect: Partial<Answer> = { fields: [['Location', '/redirect/1']] };
const realm = 'Basic realm="Fake Realm"';

const teapot = `
       ;,'
   _o_    ;:;'
,-.'---\`.__ ;
((j\`=====',-'
 \`-\\     /
    \`-=-'
`;

/** What goes with certain codes; like httpbin's, these answers name no media type but their own. */
const special: Readonly<Record<number, Partial<Answer>>> = {
  301: redirect,
  302: redirect,
  303: redirect,
  305: redirect,
  307: redirect,
  304: { fields: [] },
  401: { fields: [['WWW-Authenticate', realm]] },
  402: { fields: [['X-More-Info', 'https://www.rfc-editor.org/rfc/rfc9110#section-15.5.3']], body: 'Payment, please.' },
  406: {
    fields: [['Content-Type', 'application/json']],
    body: JSON.stringify({
      message: 'Client did not request a supported media type.',
      accept: ['image/webp', 'image/svg+xml', 'image/jpeg', 'image/png', 'image/*'],
    }),
  },
  407: { fields: [['Proxy-Authenticate', realm]] },
  418: { fields: [['X-More-Info', 'https://www.rfc-editor.org/rfc/rfc2324']], body: teapot },
};

/** An answer with this status and what belongs to it. */
export function statusAnswer(status: number): Answer {
  return { ...html('', status), ...special[status] };
}
