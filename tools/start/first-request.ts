import type { Panel, Target } from '../../test/e2e/driver/index.ts';

const answerTimeout = 30_000;
const response: Target = { role: 'region', name: 'Response' };

/**
 * Sends a GET through the panel as a person would, and reads the exchange off it: what was sent, the status, the header
 * fields, the body. Throws when the panel shows anything but a status, or the body lacks `expected`.
 */
export async function sendFirstRequest(panel: Panel, url: string, expected: string): Promise<string> {
  await panel.fill('textbox', 'URL', url);
  await panel.click('button', 'Send');
  // A status code, or the name of what went wrong.
  const outcome = { text: /^\d{3}\b|Error|Timeout|Redirects|Invalid|Missing/ };
  const where = { within: response, timeout: answerTimeout };
  const { text: status } = await panel.waitFor('status', '', outcome, where);
  if (!/^\d{3}\b/.test(status)) throw new Error(`The request failed: ${status}`);
  const sent = await sentLines(panel);
  await openTab(panel, 'Headers');
  const fields = await panel.tableRows('Response headers');
  await openTab(panel, 'Body');
  const { text: body } = await panel.waitFor('region', 'Response body', { text: expected });
  const received = [status, ...fields.map(([name, value]) => `${name}: ${value}`)];
  return [...sent.map((line) => `> ${line}`), '', ...received.map((line) => `< ${line}`), '', body, ''].join('\n');
}

async function openTab(panel: Panel, name: string): Promise<void> {
  await panel.click('tab', name, { within: { role: 'tablist', name: 'Response' } });
}

/** The request as the browser reports it: the lines of the view `Sent`, without the marks beside them. */
async function sentLines(panel: Panel): Promise<string[]> {
  await openTab(panel, 'Sent');
  await panel.waitFor('region', 'Sent', { text: 'Host' });
  return panel.evaluate(() => {
    const lines = document.querySelectorAll('[aria-label="Sent"] .sent-text');
    return Array.from(lines, (line) => line.textContent ?? '');
  });
}
