"""Who is let in: the community's certificates, one-time codes, staff and laptops."""
