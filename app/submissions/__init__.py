"""What the contractor hands in and what is reported (提出物・実施報告書)."""
