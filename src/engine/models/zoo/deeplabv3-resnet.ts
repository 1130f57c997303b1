/** @file torchvision's deeplabv3_resnet50 and deeplabv3_resnet101. */
import type { Graph } from '../../onnx/graph.ts'
import type { BuildOptions } from './build-options.ts'
import { deeplabHead } from './heads.ts'
import { segmentationResnet } from './segmentation-resnet.ts'

export const deeplabv3Resnet50 = (options: BuildOptions): Graph =>
  segmentationResnet('deeplabv3_resnet50', 50, deeplabHead, options)

export const deeplabv3Resnet101 = (options: BuildOptions): Graph =>
  segmentationResnet('deeplabv3_resnet101', 101, deeplabHead, options)
