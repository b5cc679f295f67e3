"""Order of follow-up. How critical a supplier is orders the work; it never changes the risk."""

from enum import StrEnum

from portal.ratings.case import Criticality
from portal.ratings.settings import Band


class Priority(StrEnum):
    """When to act: P1 first."""

    P1 = "P1"
    P2 = "P2"
    P3 = "P3"
    P4 = "P4"


_FOR_A = {
    Band.LOW: Priority.P3,
    Band.MEDIUM: Priority.P2,
    Band.HIGH: Priority.P1,
    Band.VERY_HIGH: Priority.P1,
}
_FOR_OTHERS = {
    Band.LOW: Priority.P4,
    Band.MEDIUM: Priority.P3,
    Band.HIGH: Priority.P2,
    Band.VERY_HIGH: Priority.P1,
}


def priority_of(band: Band, criticality: Criticality | None) -> Priority:
    """Return the priority; a supplier without a criticality is treated as B or C."""
    return (_FOR_A if criticality is Criticality.A else _FOR_OTHERS)[band]
