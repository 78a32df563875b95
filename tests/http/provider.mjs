// An identity provider for tests/http/outside.rs: panva's certified oidc-provider with its own sign-in pages, which take any name.
// Arguments: its folder, the address that it leads back to. Writes its port to standard output and ends with its standard input.
import { createServer } from 'node:http';
import { pathToFileURL } from 'node:url';

const [folder, redirect] = process.argv.slice(2);
const { default: Provider } = await import(pathToFileURL(`${folder}/node_modules/oidc-provider/lib/index.js`).href);

const server = createServer();
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address();
  const provider = new Provider(`http://127.0.0.1:${port}`, {
    clients: [{ client_id: 'faju', client_secret: 'a-secret-of-the-test', redirect_uris: [redirect], response_types: ['code'], grant_types: ['authorization_code'] }],
    cookies: { keys: ['a-key-of-the-test'] },
    pkce: { required: () => true },
  });
  server.on('request', provider.callback());
  console.log(port);
});
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
