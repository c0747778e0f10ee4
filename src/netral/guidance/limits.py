"""How much of one network the search and the API take; the pages themselves are as cheap as any."""

from netral.ui.throttle import Throttle

SEARCH = Throttle("boleh-cari", capacity=120, refill_per_second=1.0, slow_from=30)
API = Throttle("api", capacity=120, refill_per_second=2.0, slow_from=1)
# Of one question to the API: bytes of facts, and acts in it. An answer is three hundred times as long as its facts.
BODY = 16_000
ACTS = 20
