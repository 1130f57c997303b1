/** @file torchvision's fcn_resnet50 and fcn_resnet101. */
import type { Graph } from '../../onnx/graph.ts'
import type { BuildOptions } from './build-options.ts'
import { fcnHead } from './heads.ts'
import { segmentationResnet } from './segmentation-resnet.ts'

export const fcnResnet50 = (options: BuildOptions): Graph =>
  segmentationResnet('fcn_resnet50', 50, fcnHead, options)

export const fcnResnet101 = (options: BuildOptions): Graph =>
  segmentationResnet('fcn_resnet101', 101, fcnHead, options)
