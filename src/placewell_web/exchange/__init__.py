"""Downloads: the data set folder and who took which file when."""
