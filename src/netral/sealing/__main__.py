"""`python -m netral.sealing verify …`: the verifier without the rest of Netral."""

import sys

from netral.sealing.verify import verify_main

if sys.argv[1:2] != ["verify"]:
    print("Pemakaian: python -m netral.sealing verify --help", file=sys.stderr)
    sys.exit(2)
sys.exit(verify_main(sys.argv[2:]))
