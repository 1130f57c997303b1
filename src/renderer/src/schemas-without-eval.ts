/** @file Imported before any schema: zod compiles schemas by `eval`, which the page's policy bars. */
import { z } from 'zod'

z.config({ jitless: true })
