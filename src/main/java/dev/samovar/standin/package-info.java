/**
 * A small Slack on this machine: its Web API, its response URLs and uploads, and Socket Mode,
 * spoken to an app as Slack speaks them; and the people, channels and messages behind them.
 */
@NullMarked
package dev.samovar.standin;

import org.jspecify.annotations.NullMarked;
