"""Data sets → runs → reports. Calls the assistant and the index as any program would."""
