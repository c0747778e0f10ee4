import pytest
from sealing_register import Register


@pytest.fixture
def register() -> Register:
    return Register()
