import type { Language } from '../../domain/posting/words.ts';
import { countOfFiles, type FileProgress } from '../../store/file-progress.ts';
import { findFile, listUploads, type FileView } from '../../store/files.ts';
import { problemOut } from './present.ts';
import { answers, createRoute, fails, forCompany, InCompany, newRoutes, z } from './route.ts';
import { Id, Said } from './schemas.ts';

/** Uploads that the page of imports tells of. */
const RECENT_MAX = 10;

const FileState = z.enum(['arriving', 'received', 'read', 'rejected']);
const Progress = z.object({
  ...{ id: z.string(), name: z.string(), state: FileState, problems: z.array(Said) },
  ...{ documents: z.number(), booked: z.number(), held: z.number(), open: z.number() },
  skipped: z.number(),
});

const recent = createRoute({
  method: 'get',
  path: '/companies/{company}/imports',
  summary: 'The files that people have uploaded lately, and how far each has come',
  ...forCompany('read'),
  request: { params: InCompany },
  responses: answers(
    z.object({ files: z.array(Progress.extend({ receivedAtMs: z.number() })) }),
    'The newest first',
  ),
});

const progress = createRoute({
  method: 'get',
  path: '/companies/{company}/imports/{file}',
  summary: 'How far a file has come',
  ...forCompany('read'),
  request: { params: InCompany.extend({ file: Id }) },
  responses: answers(Progress, 'The file and its documents'),
});

/** How far files have come: work goes on whether anybody looks or not. */
export function importProgressRoutes() {
  return newRoutes()
    .openapi(recent, async (c) => {
      const { db } = c.get('hub').database;
      const [company, language] = [c.get('company'), c.get('language')];
      const files = await listUploads(db, company.id, RECENT_MAX);
      const ids = files.map(({ id }) => id);
      const counts = await countOfFiles(db, company.id, ids);
      return c.json({
        files: files.map((file) => ({
          ...fileOut(file, counts.get(file.id) ?? NOTHING, language),
          receivedAtMs: file.receivedAtMs,
        })),
      });
    })
    .openapi(progress, async (c) => {
      const { db } = c.get('hub').database;
      const [company, language] = [c.get('company'), c.get('language')];
      const { file } = c.req.valid('param');
      const found = await findFile(db, company.id, file);
      if (found === null) return fails(404, 'no-file');
      const counts = await countOfFiles(db, company.id, [file]);
      return c.json(fileOut(found, counts.get(file) ?? NOTHING, language));
    });
}

const NOTHING: FileProgress = { documents: 0, booked: 0, held: 0, open: 0, skipped: 0 };

function fileOut(
  { id, name, state, problems }: Omit<FileView, 'size'>,
  counts: FileProgress,
  language: Language,
) {
  const said = problems.map((problem) => problemOut(problem, language));
  return { id, name, state, problems: said, ...counts };
}
