"""The demonstration community: invented, whole, the same every time."""

from gridclient.core.demonstration.build import LARGEST, SMALLEST, community

__all__ = ["LARGEST", "SMALLEST", "community"]
