/** @file What to type in a terminal, as the page shows it. */

export const createCommand = 'maskbench create hall.maskbench --tape hall.mp4'
export const demoCommand = 'maskbench demo'
