import { openApiDocument } from '../src/web/api/openapi.ts';
import { keepGenerated } from './generated/keep.ts';

/** `node scripts/openapi.ts [--check]`: what the HTTP API takes and gives, as OpenAPI 3.1. */
const text = `${JSON.stringify(openApiDocument(), null, 2)}\n`;
const path = 'docs/openapi.json';
process.exitCode = keepGenerated({ path, text, script: 'scripts/openapi.ts' });
