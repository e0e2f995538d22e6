"""The desktop program put together: the only place that joins screens to operations."""
