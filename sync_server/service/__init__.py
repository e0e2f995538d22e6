"""What the server does: hears pushes, fills places, sends what is new, lets laptops in."""
