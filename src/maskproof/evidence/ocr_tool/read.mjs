// Reads the text of pictures: node read.mjs NODE_MODULES PICTURES.json TEXTS.json WORKERS
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const [modules, pictures, texts, workers] = process.argv.slice(2)
const { createScheduler, createWorker } = (await import(pathToFileURL(join(modules, 'tesseract.js/src/index.js')))).default
const options = { langPath: join(modules, '@tesseract.js-data/eng/4.0.0_best_int'), cacheMethod: 'none', gzip: true }

const scheduler = createScheduler()
for (let number = 0; number < Number(workers); number++) scheduler.addWorker(await createWorker('eng', 1, options))
const read = JSON.parse(await readFile(pictures, 'utf8')).map(async (file) => {
  const { data } = await scheduler.addJob('recognize', file)
  return data.text
})
await writeFile(texts, JSON.stringify(await Promise.all(read)))
await scheduler.terminate()
