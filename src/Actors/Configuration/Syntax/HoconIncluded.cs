namespace Actors.Configuration;

/// <summary>What an include found: a text still to be read, or a document that is read already.</summary>
internal readonly record struct HoconIncluded(HoconSource? Source, HoconDocument? Document);
