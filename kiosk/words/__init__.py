"""What several front ends say: codes and their parameters become text here, and outside text becomes safe to show."""
