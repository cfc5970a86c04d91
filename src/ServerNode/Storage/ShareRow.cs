namespace Actors.Server.Storage;

/// <summary>A share and what holds for everybody in it: see ShareTerms.</summary>
public sealed record ShareRow(int Id, string Name, string Level, string Protocol, ulong TermsVersion);
