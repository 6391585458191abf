"""What a run says: outcomes of checks, their titles, the verdict, and the criteria that it speaks for."""
