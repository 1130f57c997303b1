/** @file The classes that a network's channels stand for: a project's, or its own. */
import { AppError } from '../../shared/errors.ts'
import { backgroundIndex, type MaskClass, maximumClassIndex } from '../../shared/mask.ts'
import { colourText, vocColour } from '../formats/voc/voc-classes.ts'
import type { ModelDescription } from '../models/types.ts'

const backgroundName = 'background'

/**
 * A network's own classes by channel, in PASCAL VOC's colours. Beside the one class of a network whose
 * answer is a sigmoid there is the background. Throws `unsupported-model` for more than masks can hold.
 */
export function ownClasses({ id, classes }: Pick<ModelDescription, 'id' | 'classes'>): MaskClass[] {
  const names = classes.length === 1 ? [backgroundName, ...classes] : classes
  if (names.length > maximumClassIndex + 1)
    throw new AppError(
      'unsupported-model',
      `the network ${id} tells ${names.length} classes apart, masks hold ${maximumClassIndex + 1} at most`,
      'Use a network with fewer classes.',
    )
  return names.map((name, index) => ({ index, name, colour: colourText(vocColour(index)) }))
}

/** For each channel the index that `ownClasses` gives its class. */
export function ownChannels({ classes }: Pick<ModelDescription, 'classes'>): number[] {
  return classes.length === 1 ? [backgroundIndex + 1] : classes.map((_, channel) => channel)
}

/** Whether pixels of a class are something that is shown, and not what lies behind. */
export function isShown({ name }: Pick<MaskClass, 'name'>): boolean {
  return name !== backgroundName
}

/**
 * For each channel the class that it stands for: that of model.json's class map, else the one of the
 * same name; what has none is background.
 */
export function classesOfChannels(
  { classes, classMap }: Pick<ModelDescription, 'classes' | 'classMap'>,
  wanted: readonly Pick<MaskClass, 'index' | 'name'>[],
): number[] {
  const indexOf = new Map(wanted.map(({ name, index }) => [name, index]))
  return classes.map((name) => indexOf.get(classMap[name] ?? name) ?? backgroundIndex)
}
