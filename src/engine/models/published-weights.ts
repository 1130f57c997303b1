/**
 * @file Weights that torchvision has published: DeepLabV3, FCN and LR-ASPP, trained on the pictures of
 * COCO that show the classes of PASCAL VOC. Addresses and sizes as in torchvision 0.14,
 * https://github.com/pytorch/vision/tree/main/torchvision/models/segmentation
 */
import { AppError } from '../../shared/errors.ts'

export interface PublishedWeights {
  /** The architecture's name in the zoo, and that of the weights. */
  name: string
  file: string
  address: string
  /** Megabytes, for information. */
  megabytes: number
  /** What the file's SHA-256 begins with; it is part of its name. */
  sha256: string
}

const origin = 'https://download.pytorch.org/models'

function published(name: string, file: string, megabytes: number): PublishedWeights {
  const sha256 = /-([0-9a-f]{8,})\.pth$/.exec(file)?.[1] ?? ''
  return { name, file, address: `${origin}/${file}`, megabytes, sha256 }
}

export const publishedWeights: readonly PublishedWeights[] = [
  published('deeplabv3_resnet50', 'deeplabv3_resnet50_coco-cd0a2569.pth', 168),
  published('deeplabv3_resnet101', 'deeplabv3_resnet101_coco-586e9e4e.pth', 245),
  published('deeplabv3_mobilenet_v3_large', 'deeplabv3_mobilenet_v3_large-fc3c493d.pth', 44),
  published('fcn_resnet50', 'fcn_resnet50_coco-1167a1af.pth', 142),
  published('fcn_resnet101', 'fcn_resnet101_coco-7ecb50ca.pth', 218),
  published('lraspp_mobilenet_v3_large', 'lraspp_mobilenet_v3_large-d234d4ea.pth', 13),
]

/** The published weights of an architecture. Throws `bad-value`, naming those that there are. */
export function publishedWeightsOf(name: string): PublishedWeights {
  const found = publishedWeights.find((weights) => weights.name === name)
  if (found) return found
  throw new AppError(
    'bad-value',
    `there are no published weights '${name}'`,
    `Use one of ${publishedWeights.map((weights) => weights.name).join(', ')}.`,
  )
}
