package dev.samovar.slack;

import java.time.Duration;

/** Does something after a while. */
interface Later {
  void in(Duration delay, Runnable work);
}
