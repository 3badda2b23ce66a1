// Builds dist/ from src/ and npm packages. Run `npm ci && npm run build` in
// web/; the same packages give the same bytes.
import { cp, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const web = dirname(here);
const dist = join(here, 'dist');

// The fonts of GraphiQL are larger than its styles; those of the system do.
const withoutFonts = {
  name: 'without-fonts',
  setup(b) {
    b.onLoad({ filter: /\.css$/ }, async ({ path }) => ({
      contents: (await readFile(path, 'utf8')).replace(/@font-face\s*{[^}]*}/g, ''),
      loader: 'css',
    }));
  },
};

await rm(dist, { recursive: true, force: true });
await mkdir(dist);
const { metafile } = await build({
  absWorkingDir: web,
  entryPoints: [join(here, 'src', 'main.jsx')],
  outdir: dist,
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
  jsx: 'automatic',
  loader: { '.graphql': 'text' },
  define: { 'process.env.NODE_ENV': '"production"' },
  legalComments: 'none', // the licences stand whole in LICENSES.txt
  plugins: [withoutFonts],
  metafile: true,
  logLevel: 'warning',
});
await cp(join(here, 'src', 'index.html'), join(dist, 'index.html'));

// What is in the bundle, under which licence.
const packages = new Map();
for (const input of Object.keys(metafile.inputs)) {
  const found = input.match(/^(?:[a-z-]+:)?(node_modules\/(?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+)\//);
  if (found) packages.set(found[1], null);
}
const notes = [];
for (const folder of [...packages.keys()].sort()) {
  const about = JSON.parse(await readFile(join(web, folder, 'package.json'), 'utf8'));
  const file = (await readdir(join(web, folder))).find((name) => /^licen[cs]e/i.test(name));
  const text = file ? await readFile(join(web, folder, file), 'utf8') : 'The package has no file with its licence.';
  notes.push(`${about.name} ${about.version} (${about.license})\n\n${text.trim()}\n`);
}
const line = '\n' + '-'.repeat(78) + '\n\n';
await writeFile(
  join(dist, 'LICENSES.txt'),
  'The page is built from these packages:\n' + line + notes.join(line),
);
