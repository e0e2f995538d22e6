"""The verbs a person does. Each joins the rooms below into one act; none knows a widget."""
