package dev.samzabatch.job;

/** The types of params. Timestamps have no zone. */
public enum ParamType {
  STRING,
  INT,
  LONG,
  DOUBLE,
  BOOLEAN,
  DATE,
  TIMESTAMP
}
