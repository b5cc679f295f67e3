"""Which of several suppliers comes first."""

from portal.ratings.model import Rating


def follow_up_key(
    rating: Rating, influence: float | None = None
) -> tuple[str, int, float, float, float]:
    """Return a sort key, first things first: priority, then gravity before likelihood.

    `influence` is the buyer's share of the supplier's turnover (0-1) where both are known; among
    equals the supplier that can be moved most comes first.
    """
    gravest = next((topic for topic in rating.topics if topic.is_material), None)
    return (
        rating.priority,
        -gravest.severity if gravest else 0,
        -gravest.likelihood if gravest else 0.0,
        -(influence or 0.0),
        -rating.residual,
    )
