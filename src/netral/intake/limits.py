"""How much the public site takes. A village may share one address (CGNAT), so the numbers are generous."""

from netral.ui.throttle import Throttle

FORM_LIFE_SECONDS = 2 * 3600
DRAFT_LIFE_HOURS = 24
REPORT_FILES = 30  # of the reporter, the first ones and those of all messages

# Of one network (/24 or /48): what it may do at once, and what comes back a second.
FORMS = Throttle("lapor", capacity=120, refill_per_second=1.0, slow_from=30)
FILES = Throttle("lapor-berkas", capacity=120, refill_per_second=0.5, slow_from=30)
STATUS_FOUND = Throttle("cek", capacity=240, refill_per_second=1.0, slow_from=30)
# 130 bits are not guessed; this only keeps a machine from trying. Slow after five, refused after ten. A right
# code from the same network still opens: a neighbour's typing errors must lock nobody out.
STATUS_MISSED = Throttle("cek-keliru", capacity=10, refill_per_second=1 / 60, slow_from=5)
MESSAGES = Throttle("cek-pesan", capacity=60, refill_per_second=0.2, slow_from=15)
