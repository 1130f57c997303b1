import { describe, test } from 'vitest'
import { architectures, buildNetwork } from '../../../../src/engine/models/zoo/architectures.ts'
import { adaptedBuiltIn } from '../../../fixtures/adapted-network.ts'
import {
  checkNetwork,
  networkClasses as classes,
  type NetworkCase,
} from '../../../fixtures/check-network.ts'
import { fillGolden } from '../../../fixtures/zoo-weights.ts'

const cases: NetworkCase[] = [
  {
    title: 'ESPNetv2',
    forward: () => fillGolden(buildNetwork('espnetv2', { classes })),
    size: [32, 32],
    samples: 1,
  },
  {
    title: 'the built-in network',
    forward: () => architectures['deeplabv3-mobilenetv2-voc'].build({ classes }),
    size: [16, 16],
    samples: 1,
  },
  {
    title: 'the built-in network with the scene adapter',
    forward: () => adaptedBuiltIn(classes, [1, 3, 16, 32]),
    size: [16, 32],
    samples: 1,
  },
]

describe('The gradients are those of differences, and of ONNX Runtime, for', () => {
  test.each(cases)('$title', checkNetwork)
})
