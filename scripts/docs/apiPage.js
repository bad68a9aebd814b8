/**
 * The API document as one page: no script, no style in the text, so that it lives under the policy of the shop's page, and the
 * browser's own search finds everything in it. What is long stands folded.
 */
export function apiPage(document) {
  const operations = Object.entries(document.paths).flatMap(([path, item]) =>
    ['get', 'post', 'put', 'delete'].flatMap((method) => (item[method] ? [{ method, path, ...item[method] }] : [])),
  );
  const tags = document.tags.map((tag) => ({
    ...tag,
    operations: operations.filter((one) => one.tags[0] === tag.name),
  }));
  const schemas = Object.entries(document.components.schemas);
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>HTTP API ${text(document.info.version)}</title>
    <link rel="icon" href="/icon.svg" type="image/svg+xml" />
    <link rel="stylesheet" href="/api.css" />
  </head>
  <body>
    <a class="skip" href="#main">To the operations</a>
    <header>
      <h1>HTTP API <small>${text(document.info.version)}</small></h1>
      ${prose(document.info.description)}
      <p><a href="/openapi.json">openapi.json</a>: the same as an OpenAPI ${text(document.openapi)} document.</p>
    </header>
    <nav aria-label="Operations">
      <ul>${tags.map(menu).join('')}
        <li><a href="#codes">Codes</a></li>
        <li><a href="#schemas">Schemas</a></li>
      </ul>
    </nav>
    <main id="main">
      ${tags.map((tag) => section(tag, document)).join('\n')}
      <section aria-labelledby="codes">
        <h2 id="codes">Codes</h2>
        <p>Every refusal, with what to do about it. What holds for a code holds wherever it comes.</p>
        ${codes(document)}
      </section>
      <section aria-labelledby="schemas">
        <h2 id="schemas">Schemas</h2>
        ${schemas.map(([name, schema]) => namedSchema(name, schema)).join('\n')}
      </section>
    </main>
  </body>
</html>
`;
}

function menu({ name, operations }) {
  const items = operations.map(({ operationId, summary }) => `<li><a href="#${operationId}">${code(summary)}</a></li>`);
  return `
        <li>
          <a href="#${slug(name)}">${text(name)}</a>
          <ul>${items.join('')}</ul>
        </li>`;
}

function section({ name, description, operations }, document) {
  return `<section aria-labelledby="${slug(name)}">
        <h2 id="${slug(name)}">${text(name)}</h2>
        ${prose(description)}
        ${operations.map((one) => article(one, document)).join('\n')}
      </section>`;
}

function article(operation, document) {
  const { operationId, method, path, summary, description, parameters, requestBody, responses } = operation;
  const named = parameters.map((one) => resolve(one, document)).filter((one) => one.in !== 'header');
  const answers = Object.entries(responses).map(([status, one]) => [status, resolve(one, document)]);
  return `<article aria-labelledby="${operationId}">
          <h3 id="${operationId}"><span class="method ${method}">${method.toUpperCase()}</span> <code>${breakable(path)}</code></h3>
          <p class="summary">${code(summary)}. ${badges(operation)}</p>
          ${description === undefined ? '' : prose(description)}
          ${named.length === 0 ? '' : parameterTable(named)}
          ${requestBody === undefined ? '' : bodyPart(requestBody)}
          ${answers
            .filter(([status]) => status < '300')
            .map(goodPart)
            .join('\n')}
          ${refusalPart(answers.filter(([status]) => status >= '300'))}
        </article>`;
}

function badges({ security, deprecated, ...operation }) {
  const [needed] = security;
  const [holder, [role] = []] = Object.entries(needed ?? {})[0] ?? [];
  const who = holder === undefined ? 'No token.' : `Token of ${holder === 'staff' ? `staff: ${role}` : `a ${holder}`}.`;
  const also = [
    deprecated ? `Given up; gone from ${operation['x-sunset']}.` : '',
    operation['x-internal'] ? 'Internal.' : '',
  ];
  return [who, ...also]
    .filter((one) => one !== '')
    .map((one) => `<span class="badge">${text(one)}</span>`)
    .join(' ');
}

function parameterTable(parameters) {
  const rows = parameters.map(
    ({ name, in: place, required, description = '', schema }) =>
      `<tr><td><code>${text(name)}</code></td><td>${place}${required ? ', required' : ''}</td><td>${kindOf(schema)}</td><td>${code(description)}</td></tr>`,
  );
  return `<div class="wide" tabindex="0"><table>
            <thead><tr><th scope="col">Parameter</th><th scope="col">in</th><th scope="col">of the form</th><th scope="col">Meaning</th></tr></thead>
            <tbody>${rows.join('')}</tbody>
          </table></div>`;
}

function bodyPart({ required, content }) {
  const { schema, example } = content['application/json'];
  return `<h4>Body${required ? '' : ' (may be left out)'}: ${kindOf(schema)}</h4>
          ${block(example)}`;
}

function goodPart([status, { description, content }]) {
  const [[type, { schema, example, 'x-events': events }]] = Object.entries(content);
  const form = type === 'application/json' ? kindOf(schema) : code(`\`${type}\``);
  const stream = Object.entries(events ?? {}).map(([name, of]) => `event <code>${text(name)}</code>: ${kindOf(of)}`);
  return `<h4>${status} ${form}</h4>
          <p>${code(description)} ${stream.join(', ')}</p>
          ${block(example)}`;
}

function refusalPart(answers) {
  const rows = answers.map(([status, { content }]) => {
    const all = Object.keys(content['application/json'].examples);
    return `<tr><td>${status}</td><td>${all.map((one) => `<a href="#${one}"><code>${one}</code></a>`).join(' ')}</td></tr>`;
  });
  return `<details>
            <summary>Refusals</summary>
            <div class="wide" tabindex="0"><table><thead><tr><th scope="col">Status</th><th scope="col">Codes</th></tr></thead><tbody>${rows.join('')}</tbody></table></div>
          </details>`;
}

function codes({ components }) {
  return Object.entries(components.examples)
    .map(
      ([name, { value }]) => `<details id="${name}">
          <summary><code>${name}</code> ${text(value.msg)}</summary>
          ${prose(value.next)}
          ${block(value)}
        </details>`,
    )
    .join('\n');
}

function namedSchema(name, { description = '', ...schema }) {
  return `<details id="schema-${name}">
          <summary><code>${name}</code> ${code(description.split('\n')[0])}</summary>
          ${block(schema)}
        </details>`;
}

/** A schema in few words; one with a name leads to it. */
function kindOf({ $ref, type, format, enum: values, minimum, maximum, maxLength, default: standard }) {
  if ($ref !== undefined) {
    const name = $ref.split('/').at(-1);
    return `<a href="#schema-${name}"><code>${name}</code></a>`;
  }
  const bounds = minimum === undefined && maximum === undefined ? '' : `, ${minimum ?? '…'} to ${maximum ?? '…'}`;
  const length = maxLength === undefined ? '' : `, at most ${maxLength} long`;
  const choice =
    values === undefined
      ? text(format ?? [type].flat().join(' or '))
      : values.map((one) => `<code>${text(String(one))}</code>`).join(', ');
  return `${choice}${bounds}${length}${standard === undefined ? '' : `, default <code>${text(String(standard))}</code>`}`;
}

/** Focusable, so that who has no mouse can push a wide line into sight. */
function block(value) {
  const lines = typeof value === 'string' ? value : JSON.stringify(value, null, 2);
  return `<pre tabindex="0"><code>${text(lines)}</code></pre>`;
}

function prose(markdown) {
  return markdown
    .split('\n\n')
    .map((paragraph) => `<p>${code(paragraph)}</p>`)
    .join('\n');
}

/** The little Markdown of descriptions: code and bold. */
function code(markdown) {
  return text(markdown)
    .replaceAll(/`([^`]+)`/g, '<code>$1</code>')
    .replaceAll(/\*\*([^*]+)\*\*/g, '<strong>$1</strong>');
}

/** A path may be cut at its slashes. */
function breakable(path) {
  return text(path).replaceAll('/', '/<wbr />');
}

function slug(name) {
  return `part-${name.toLowerCase().replaceAll(/\W+/g, '-')}`;
}

function text(value) {
  return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

function resolve(piece, document) {
  if (piece.$ref === undefined) return piece;
  return piece.$ref
    .slice(2)
    .split('/')
    .reduce((within, name) => within[name], document);
}
