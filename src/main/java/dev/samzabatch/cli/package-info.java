/**
 * The commands, their options and their exit codes.
 *
 * <p>
 * In: the arguments of the process. Out: the answer on stdout, progress and problems on stderr, and the exit code. This
 * is the only package that prints and the only one that ends the process. It knows no engine internals: a command reads
 * its options, calls one other package, and prints what comes back.
 *
 * <p>
 * Command classes stay thin, because picocli looks into all of them at every start; heavy types live behind them.
 *
 * <p>
 * Start reading at {@link dev.samzabatch.cli.Main}.
 */
package dev.samzabatch.cli;
