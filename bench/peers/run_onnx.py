"""run_onnx.py MODEL IMAGE SHAPE: the answer of a network in Python's onnxruntime.

IMAGE holds float32, SHAPE is like 1,3,240,320. The last line is JSON: the output's shape and numbers.
"""
import json, sys
import numpy as np, onnxruntime

session = onnxruntime.InferenceSession(sys.argv[1], providers=['CPUExecutionProvider'])
shape = [int(side) for side in sys.argv[3].split(',')]
image = np.fromfile(sys.argv[2], np.float32).reshape(shape)
answer = session.run(None, {session.get_inputs()[0].name: image})[0]
print(json.dumps({'shape': list(answer.shape), 'data': answer.ravel().tolist()}))
