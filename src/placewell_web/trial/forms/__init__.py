"""Forms of the trial: each cleans what was typed to values and says in words what is wrong."""
