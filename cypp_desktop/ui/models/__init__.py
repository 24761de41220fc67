"""What the views show, in integers: the plan as lists, tables and trees."""
