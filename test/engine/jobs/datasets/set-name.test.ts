import { expect, test } from 'vitest'
import { setName } from '../../../../src/engine/jobs/datasets/set-name.ts'

test.each([
  ['/data/cars', 'cars'],
  ['/data/cars.zip', 'cars'],
  ['/data/my cars 2.json', 'my cars 2'],
  ['/data/cars/annotations.json', 'cars'],
  ['/data/cars/annotations.xml', 'cars'],
  ['/data/cars/annotations/instances_val2017.json', 'cars'],
  ['/data/cars/instances_default.json', 'cars'],
  ['/data/cars/via_region_data.json', 'cars'],
  ['/data/cars/_annotations.coco.json', 'cars'],
  ['/data/chest/set', 'chest'],
  ['/data/v1.2', 'v1.2'],
  ['/data/annotations_of_cars.json', 'annotations_of_cars'],
  ['/annotations.json', 'annotations.json'],
])('a set at %s is called %s', (path, name) => {
  expect(setName(path)).toBe(name)
})
