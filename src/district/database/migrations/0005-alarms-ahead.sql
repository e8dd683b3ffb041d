-- Alarms that overtook a backlog stand in `alarm` alone, marked; their lines come in their turn.
DROP TABLE ahead;
CREATE INDEX alarm_ahead ON alarm (school, epoch, id) WHERE ahead;
