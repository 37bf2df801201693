"""Reception (受付): check-in on the day, and entering the paper roster afterwards."""
