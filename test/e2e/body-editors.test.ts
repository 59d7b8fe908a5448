import { expect, test } from 'vitest';
import { inBothBrowsers } from './support/browsers.ts';
import { compose, openRequestTab, send } from './support/compose.ts';

const schema = {
  data: {
    __schema: {
      queryType: { name: 'Query' },
      mutationType: null,
      subscriptionType: null,
      types: [
        {
          name: 'Query',
          fields: [{ name: 'viewer', args: [], type: { kind: 'OBJECT', name: 'User', ofType: null } }],
        },
        { name: 'User', fields: [{ name: 'email', args: [], type: { kind: 'SCALAR', name: 'String', ofType: null } }] },
      ],
    },
  },
};

inBothBrowsers('body editors', (stage) => {
  test('a part of a multipart body has header fields of its own', async () => {
    const { panel, echo } = stage;
    await compose(panel, { method: 'POST', url: `${echo.origin}/parts` });
    await openRequestTab(panel, 'Body');
    await panel.select('combobox', 'Body type', 'Multipart');
    const within = { role: 'table', name: 'Multipart' } as const;
    await panel.fill('textbox', 'Name', 'note', { within, index: 0 });
    await panel.fill('textbox', 'Value', 'text', { within, index: 0 });
    await panel.fill('textbox', 'Content type', 'text/x-note', { within, index: 0 });
    await panel.click('button', 'Part headers', { within });
    await panel.fill('textbox', 'Part headers', 'X-Part: 1\nContent-ID: <a>', { within });
    expect(await send(panel)).toContain('200 OK');
    const body = (await echo.next('/parts')).body.toString();
    expect(body).toContain(
      'Content-Disposition: form-data; name="note"\r\nContent-Type: text/x-note\r\nX-Part: 1\r\nContent-ID: <a>\r\n\r\ntext\r\n',
    );
  });

  test('a GraphQL query is completed from the schema of its server', async () => {
    const { panel, echo } = stage;
    echo.on('/graphql', (request, reply) => {
      const asked = request.body.toString().includes('__schema');
      return reply.send({ fields: [['Content-Type', 'application/json']], body: JSON.stringify(asked ? schema : {}) });
    });
    await compose(panel, { method: 'POST', url: `${echo.origin}/graphql`, headers: [['X-Key', 'k']] });
    await openRequestTab(panel, 'Body');
    await panel.select('combobox', 'Body type', 'GraphQL');
    await panel.click('button', 'Get schema');
    expect((await echo.next('/graphql')).field('x-key')).toBe('k');
    await panel.fill('textbox', 'Query', '');
    await panel.type('textbox', 'Query', '{ viewer { em');
    await panel.click('button', /^email/);
    await panel.waitFor('textbox', 'Query', { value: '{ viewer { email' });
    await panel.type('textbox', 'Query', ' } vi');
    await panel.press('Control+ ');
    await panel.waitFor('textbox', 'Query', { value: '{ viewer { email } viewer' });
  });
});
