package dev.samzabatch.job;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigIncluderFile;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import java.io.File;

/** Gives the library the included files as the scanner has found them. */
final class LibraryIncludes implements ConfigIncluder, ConfigIncluderFile {

  private final SourceFiles files;
  private final SourceFile includer;

  private LibraryIncludes(SourceFiles files, SourceFile includer) {
    this.files = files;
    this.includer = includer;
  }

  /** Parses a scanned text; its substitutions stay as they are. */
  static Config parse(SourceFile source, SourceFiles files) {
    ConfigParseOptions options = ConfigParseOptions.defaults().setSyntax(ConfigSyntax.CONF)
        .setOriginDescription(source.name()).setIncluder(new LibraryIncludes(files, source));
    return ConfigFactory.parseString(source.text(), options);
  }

  @Override
  public ConfigIncluder withFallback(ConfigIncluder fallback) {
    return this;
  }

  @Override
  public ConfigObject include(ConfigIncludeContext context, String what) {
    return includer.path().map(path -> HoconInclude.target(path, what)).flatMap(files::read)
        .map(file -> parse(file, files).root()).orElseGet(() -> ConfigFactory.empty().root());
  }

  @Override
  public ConfigObject includeFile(ConfigIncludeContext context, File what) {
    return include(context, what.getPath());
  }
}
