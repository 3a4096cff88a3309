package dev.samovar.durability;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/** What a child process runs: Samovar's classes in a jar, as class data sharing wants it. */
final class ClassPath {
  private ClassPath() {}

  /**
   * @param folder to write the jar to
   */
  static String withoutTests(Path folder) throws IOException {
    // Surefire hides the class path in a manifest, and says here what it is.
    String own =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    List<String> parts = new ArrayList<>();
    int jars = 0;
    for (String part : own.split(File.pathSeparator, -1)) {
      Path path = Path.of(part);
      if (!Files.isDirectory(path)) {
        parts.add(part);
      } else if (Files.exists(path.resolve("dev/samovar/Samovar.class"))) {
        Path jar = folder.resolve("classes" + jars++ + ".jar");
        pack(path, jar);
        parts.add(0, jar.toString());
      }
    }
    return String.join(File.pathSeparator, parts);
  }

  private static void pack(Path classes, Path jar) throws IOException {
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream packed = new JarOutputStream(out);
        Stream<Path> files = Files.walk(classes)) {
      packed.setLevel(0);
      for (Path file : files.filter(file -> !file.equals(classes)).sorted().toList()) {
        String name = classes.relativize(file).toString().replace(File.separatorChar, '/');
        // Flyway finds its folder only where the jar names the folder, too.
        packed.putNextEntry(new JarEntry(Files.isDirectory(file) ? name + "/" : name));
        if (Files.isRegularFile(file)) {
          Files.copy(file, packed);
        }
        packed.closeEntry();
      }
    }
  }
}
